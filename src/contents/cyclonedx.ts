export {
  ComponentScope,
  ComponentType,
  ExternalReferenceType,
  HashAlgorithm,
} from '@cyclonedx/cyclonedx-library/Enums';
export { Bom, Component, ExternalReference, Property } from '@cyclonedx/cyclonedx-library/Models';
export { JSON, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize';
export { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';

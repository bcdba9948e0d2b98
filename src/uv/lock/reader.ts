/** Reads a text file; undefined if missing. Other failures are thrown. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** Reads each file once. */
export function rememberText(read: ReadText): ReadText {
  const known = new Map<string, ReturnType<ReadText>>();
  return (file) => {
    const found = known.get(file) ?? read(file);
    known.set(file, found);
    return found;
  };
}

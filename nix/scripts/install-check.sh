# Install check of an environment (build-uv-env.nix): every dependency is met, and the named modules
# import.
runHook preInstallCheck
. "$uvEnvironment"

uv pip check --python "$out/bin/python"

# From an empty folder and isolated, so that the source's own folder can't stand in for the output.
empty=$(mktemp -d)
for module in ${pythonImportsCheck-}; do
  echo "importing $module"
  (cd "$empty" && env -i "$out/bin/python" -I -c "import importlib, sys; importlib.import_module(sys.argv[1])" "$module")
done

runHook postInstallCheck

/** Reads a text file; undefined where there is no such file. Anything else that goes wrong is thrown. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** Reads each file once, whoever asks for it. */
export function rememberText(read: ReadText): ReadText {
  const known = new Map<string, ReturnType<ReadText>>();
  return (file) => {
    const found = known.get(file) ?? read(file);
    known.set(file, found);
    return found;
  };
}

/** Begins to read files that will be asked for one after the other: each would wait for several answers of the disk. */
export function readAhead(files: readonly string[], read: ReadText): void {
  // Whoever asks for it hears of what goes wrong.
  for (const file of files) read(file).catch(() => {});
}

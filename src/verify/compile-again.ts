/** The next step where a `dist/` contradicts itself. After a compile that is a fault of Fjord, else of whoever edited it. */
export const compileAgain = () =>
  'run fjord synth again; if this error comes right after it, please report a bug in Fjord';

/** Formats of `fjord flows`: for people, for programs, and three documents in Markdown. */
export const flowsFormats = ['pretty', 'json', 'markdown', 'assessment', 'register'] as const;

export type FlowsFormat = (typeof flowsFormats)[number];

/** The formats of a rehearsal's report. */
export const reportFormats = ['pretty', 'markdown', 'json'] as const;

export type ReportFormat = (typeof reportFormats)[number];

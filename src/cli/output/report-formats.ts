/** The formats of a report. */
export const reportFormats = ['pretty', 'markdown', 'json'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** The formats of a comparison of costs. */
export const costFormats = [...reportFormats, 'svg'] as const;

export type CostFormat = (typeof costFormats)[number];

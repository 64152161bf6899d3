/** Where the machines of a rehearsal find the internet. */
export const internetAddress = '10.0.2.100';

/** More than any machine has, in cores and bytes, so a larger amount must be a mistake. */
export const largestAmounts = { cpu: 512, memory: 2 ** 44, disk: 2 ** 50 };

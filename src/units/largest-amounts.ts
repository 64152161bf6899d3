/** More than any machine has, so an amount above it stands for another one: cores, and bytes. */
export const largestAmounts = { cpu: 512, memory: 2 ** 44, disk: 2 ** 50 };

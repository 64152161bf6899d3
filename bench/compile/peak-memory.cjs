// Loaded before a command: leaves the most memory that it took, in KiB, in a file.
process.on('exit', () => {
  require('node:fs').writeFileSync(process.env.PEAK_MEMORY, String(process.resourceUsage().maxRSS));
});

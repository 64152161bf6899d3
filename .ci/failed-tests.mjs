/** Prints the name and the first lines of each failed test of a JSON report by vitest: node .ci/failed-tests.mjs REPORT */
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const { name, message, assertionResults } of report.testResults) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  for (const { fullName, failureMessages } of failed) {
    const lines = failureMessages.join('\n').split('\n').slice(0, 30);
    console.log(`\n== FAILED: ${name}\n   ${fullName}\n${lines.join('\n')}`);
  }
  // A file that could not be loaded has a message and no test.
  if (failed.length === 0 && message) console.log(`\n== FAILED: ${name}\n${message}`);
}

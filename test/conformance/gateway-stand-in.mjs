import { createServer } from 'node:http';

// Stands in for the OpenFaaS gateway at ADDRESS PORT, and answers each request with what arrived, as JSON.
const [address, port] = process.argv.slice(2);

createServer((request, response) => {
  const { method, url, headers } = request;
  request.resume().on('end', () => response.end(JSON.stringify({ method, url, headers })));
}).listen(Number(port), address);

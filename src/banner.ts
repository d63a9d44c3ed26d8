import type { Nexus } from './nexus.js';

/** What somebody who has just started Nexus wants to know, in one block. */
export function banner({ url, sandbox, admin }: Nexus): string {
  const base = url.replace('[::1]', 'localhost').replace('127.0.0.1', 'localhost');
  const rows: [string, string][] = [
    ['API', `${base}/api/v1`],
    ['Accounts', `${base}/connections`],
    ['Swagger', `${base}/docs`],
    ['Health', `${base}/api/v1/health`],
    ...(sandbox ? ([['Sandbox chat', `${base}/sandbox/chat`]] as [string, string][]) : []),
    ['Admin', admin.password === undefined ? admin.email : `${admin.email}  password: ${admin.password}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return ['', '  Nexus is ready', '', ...lines, ''].join('\n');
}

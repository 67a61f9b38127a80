import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What the kernel counted in this network namespace, of all its processes. */
export interface NetworkCounters {
  /** Packets and connections of IPv4 that wanted to leave for somewhere no route leads to. */
  unroutable: number;
  /** Packets of IPv6, which nothing here speaks. */
  versionSix: number;
  /** Datagrams sent, to this machine itself as well: a name that is looked up is one. */
  datagrams: number;
  /** Bytes that went over the loopback interface. */
  loopbackBytes: number;
  /** Interfaces other than loopback. */
  otherInterfaces: string[];
}

/** A line of names and a line of numbers for each protocol. */
function snmp(): Record<string, Record<string, number>> {
  const lines = readFileSync('/proc/net/snmp', 'utf8').trim().split('\n');
  const tables: Record<string, Record<string, number>> = {};
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [protocol = '', ...names] = lines[at]?.split(/\s+/) ?? [];
    const numbers = lines[at + 1]?.split(/\s+/).slice(1).map(Number) ?? [];
    tables[protocol.replace(':', '')] = Object.fromEntries(names.map((name, i) => [name, numbers[i] ?? 0]));
  }
  return tables;
}

/** A name and a number a line. */
function snmp6(): Record<string, number> {
  const lines = readFileSync('/proc/net/snmp6', 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/\s+/)).map(([name, value]) => [name, Number(value)]));
}

/**
 * Makes the namespace ready to be counted in. IPv4 has its loopback and no route anywhere. IPv6 gets a route that leads back into the
 * machine, where every packet is counted: the browser asks the system for the route to an address of its maker's before each connection
 * (without sending anything), and a question must not count as much as an answer.
 */
export function prepareNamespace(): void {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  execFileSync('ip', ['-6', 'route', 'add', 'default', 'dev', 'lo']);
}

export function readNetworkCounters(): NetworkCounters {
  const four = snmp();
  const six = snmp6();
  const devices = readFileSync('/proc/net/dev', 'utf8').trim().split('\n').slice(2);
  const bytesSent = new Map(
    devices.map((line) => line.trim().split(/[:\s]+/)).map((cells) => [cells[0], Number(cells[9])]),
  );
  return {
    unroutable: four['Ip']?.['OutNoRoutes'] ?? 0,
    versionSix: (six['Ip6OutRequests'] ?? 0) + (six['Ip6OutNoRoutes'] ?? 0),
    datagrams: (four['Udp']?.['OutDatagrams'] ?? 0) + (six['Udp6OutDatagrams'] ?? 0),
    loopbackBytes: bytesSent.get('lo') ?? 0,
    otherInterfaces: [...bytesSent.keys()].filter((name): name is string => name !== undefined && name !== 'lo'),
  };
}

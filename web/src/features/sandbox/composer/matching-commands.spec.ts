import { matchingCommands } from './matching-commands';

const COMMANDS = ['start', 'stop', 'help'].map((command) => ({ command, description: '' }));

it.each([
  ['', []],
  ['hello', []],
  ['/', ['start', 'stop', 'help']],
  ['/ST', ['start', 'stop']],
  ['/help', ['help']],
  ['/help me', []],
  ['say /', []],
  ['/x', []],
])('matchingCommands(%j)', (text, expected) => {
  expect(matchingCommands(text, COMMANDS).map(({ command }) => command)).toEqual(expected);
});

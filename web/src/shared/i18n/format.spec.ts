import { formatDay, formatDuration, formatSize, formatTime } from './format';

describe('formatDay', () => {
  const today = new Date(2026, 10, 20, 0, 5);

  it.each([
    [new Date(2026, 10, 20, 23, 0), 'Today', 'Сегодня'],
    [new Date(2026, 10, 19, 23, 59), 'Yesterday', 'Вчера'],
    [new Date(2026, 2, 3), '3 March', '3 марта'],
    [new Date(2025, 11, 31), '31 December 2025', '31 декабря 2025 г.'],
  ])('%s', (date, english, russian) => {
    expect(formatDay(date, today, 'en')).toBe(english);
    expect(formatDay(date, today, 'ru')).toBe(russian);
  });
});

it('formatTime has 24 hours in both languages', () => {
  const evening = new Date(2026, 10, 20, 21, 7);
  expect(formatTime(evening, 'en')).toBe('21:07');
  expect(formatTime(evening, 'ru')).toBe('21:07');
});

it.each([
  [0.4, '0:00'],
  [9, '0:09'],
  [75.6, '1:16'],
  [3725, '1:02:05'],
])('formatDuration(%s)', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

it.each([
  [0, '0 B', '0 Б'],
  [999, '999 B', '999 Б'],
  [4_210_000, '4.2 MB', '4,2 МБ'],
  [48_600_000, '49 MB', '49 МБ'],
  [2_000_000_000, '2 GB', '2 ГБ'],
])('formatSize(%s)', (bytes, english, russian) => {
  expect(formatSize(bytes, 'en')).toBe(english);
  expect(formatSize(bytes, 'ru')).toBe(russian);
});

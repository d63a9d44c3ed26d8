import type { ReactNode } from 'react';
import classes from './avatar.module.css';

interface AvatarProps {
  /** The same id always has the same colour. */
  id: number;
  name: string;
  size?: number;
  /** Instead of the initials. */
  icon?: ReactNode;
}

const HUES = [212, 262, 335, 14, 38, 150, 186];

export function Avatar({ id, name, size = 42, icon }: AvatarProps) {
  return (
    <span
      className={classes.avatar}
      style={{ width: size, height: size, fontSize: size * 0.38, '--hue': HUES[Math.abs(id) % HUES.length] }}
      aria-hidden
    >
      {icon ?? initialsOf(name)}
    </span>
  );
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toUpperCase();

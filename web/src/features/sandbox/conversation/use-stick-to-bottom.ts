import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type Extent, followsEnd } from './follows-end';

interface StickToBottom {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  isAtBottom: boolean;
  toBottom: () => void;
}

/** Keeps the end of a growing list in view, until the reader scrolls up; from then on nothing moves under his eyes. */
export function useStickToBottom(): StickToBottom {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [isAtBottom, setAtBottom] = useState(true);

  useEffect(() => {
    const box = scroller.current;
    const list = content.current;
    if (!box || !list) return;
    const follow = (): void => {
      if (sticks.current) box.scrollTop = box.scrollHeight;
    };
    let extent = extentOf(box);
    const look = (): void => {
      const before = extent;
      extent = extentOf(box);
      sticks.current = followsEnd(sticks.current, before, extent);
      setAtBottom(sticks.current);
    };
    const observer = new ResizeObserver(follow);
    observer.observe(box);
    observer.observe(list);
    box.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, []);

  const toBottom = useCallback(() => {
    sticks.current = true;
    // At once: a smooth way would end where the end was when it began, above what has come meanwhile.
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, []);

  return { scroller, content, isAtBottom, toBottom };
}

const extentOf = (box: HTMLElement): Extent => ({
  height: box.scrollHeight,
  windowHeight: box.clientHeight,
  above: box.scrollTop,
});

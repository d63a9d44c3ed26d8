import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

interface StickToBottom {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  isAtBottom: boolean;
  toBottom: () => void;
}

/** So close to the end that nobody means to read older messages. */
const NEAR_PX = 60;

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
    const look = (): void => {
      sticks.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
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
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior: 'smooth' });
  }, []);

  return { scroller, content, isAtBottom, toBottom };
}

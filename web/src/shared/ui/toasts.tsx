import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import classes from './toasts.module.css';

type ShowToast = (text: string, tone?: 'plain' | 'error') => void;

interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'error';
}

const SHOWN_MS = 4_500;

const ToastContext = createContext<ShowToast | null>(null);

let lastId = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);

  const show = useCallback<ShowToast>((text, tone = 'plain') => {
    const toast = { id: (lastId += 1), text, tone };
    setToasts((shown) => [...shown.slice(-2), toast]);
    setTimeout(() => {
      setToasts((shown) => shown.filter(({ id }) => id !== toast.id));
    }, SHOWN_MS);
  }, []);

  return (
    <ToastContext value={show}>
      {children}
      <div className={classes.region} role="status" aria-live="polite">
        {toasts.map(({ id, text, tone }) => (
          <div key={id} className={classes.toast} data-tone={tone}>
            {text}
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

export function useToast(): ShowToast {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast needs a ToastProvider above it');
  return show;
}

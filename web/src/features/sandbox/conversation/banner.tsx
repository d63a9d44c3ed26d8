import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { WarningIcon } from '../../../shared/ui/icons';
import classes from './banner.module.css';

interface BannerProps {
  tone: 'lost' | 'notice';
  children: ReactNode;
}

export function Banner({ tone, children }: BannerProps) {
  return (
    <div className={classes.banner} data-tone={tone} role="status">
      {tone === 'lost' ? <Loader size={14} color="currentColor" /> : <WarningIcon size={16} />}
      {children}
    </div>
  );
}

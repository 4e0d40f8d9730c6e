import { useCodeCache } from './build/code-cache.ts';

useCodeCache();
await import('./build/command.ts');

import type { Command } from '../engine/command.ts';

/** The commands that a runner takes from a program of any version. */
export type LastingCommand = Extract<Command, { type: 'pause' | 'resume' | 'skip' | 'interrupt' | 'stop' }>;

export function isLastingCommand(command: Command): command is LastingCommand {
  switch (command.type) {
    case 'pause':
    case 'resume':
    case 'skip':
    case 'interrupt':
    case 'stop':
      return true;
    case 'start':
    case 'change-plan':
    case 'make':
    case 'retry-now':
    case 'refresh':
      return false;
  }
}

/** What the commands say. */
import type { Manifest } from './archive.ts'
import type { BackupProblem } from './backup.ts'
import type { RestoreProblem } from './restore.ts'

export const problems: Record<BackupProblem | RestoreProblem, string> = {
  noBase: 'There is no base in DATA_DIR.',
  noCompany: 'There is nothing to back up: the first form was not filled in yet.',
  exists: 'The file exists already. Give another name: backups are not overwritten.',
  damagedBase: 'SQLite finds the base damaged (PRAGMA integrity_check).',
  damagedArchive: 'The archive is damaged, cut, or was not made by `npm run backup`.',
  noArchive: 'There is no such file.',
  notEmpty:
    'DATA_DIR holds a base already. With --force it is set aside and the backup takes its place.',
  running: 'The relay is running. Stop it first.',
  newerProgram: 'The backup was made by a newer version of the program: update this one first.',
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`

export const describe = ({
  workspace,
  madeAt,
  records,
  users,
  base,
  files,
}: Manifest): string[] => [
  `Company:  ${workspace.name}`,
  `Made:     ${new Date(madeAt).toISOString()}`,
  `Base:     ${megabytes(base.bytes)}, change ${workspace.seq}, ${users} users`,
  `Records:  ${Object.entries(records)
    .map(([type, n]) => `${type} ${n}`)
    .join(', ')}`,
  `Files:    ${files.count}, ${megabytes(files.bytes)}`,
]

export const troubles = (missing: string[], damaged: string[]): string[] => [
  ...missing.map((hash) => `MISSING   file ${hash}`),
  ...damaged.map((hash) => `DAMAGED   file ${hash}`),
]

export const say = (lines: string[]): void => console.log(lines.join('\n'))

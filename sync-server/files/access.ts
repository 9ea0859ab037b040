/**
 * Who may read a file, and who may name it in a record: naming makes all who read the record readers
 * of the file, so that a hash alone, overheard somewhere, must not be enough.
 */
import type { Subject } from '../../shared/rights.ts'
import { reader } from '../feed/plan.ts'
import type { FileStore } from '../store/store.ts'

type Files = Pick<FileStore, 'file' | 'fileAudiences' | 'isFileOwner' | 'isFileReader'>

/** By a record that names it, or by having brought it: it is sent before the record that names it. */
export const mayReadFile = async (
  store: Pick<Files, 'fileAudiences' | 'isFileOwner'>,
  subject: Subject,
  hash: string,
): Promise<boolean> =>
  subject.kind === 'service' ||
  (await store.isFileOwner(hash, subject.id)) ||
  (await store.fileAudiences(hash)).some(reader(subject.tokens))

/** Who may read it, or was once given it: a photo that was taken away is put back from history. */
const mayName = async (store: Files, subject: Subject, hash: string): Promise<boolean> =>
  (await mayReadFile(store, subject, hash)) || (await store.isFileReader(hash, subject.id))

/**
 * The first of the files that a record must not name; null where it may name all.
 *
 * @param broughtBack what a restore lost: a file that the relay has lost too may be named, it comes
 *   after; one that is here goes by the same rule as ever.
 */
export const unnamable = async (
  store: Files,
  subject: Subject,
  hashes: readonly string[],
  broughtBack: boolean,
): Promise<string | null> => {
  if (subject.kind === 'service') return null
  for (const hash of hashes) {
    if (await mayName(store, subject, hash)) continue
    if (broughtBack && !(await store.file(hash))) continue
    return hash
  }
  return null
}

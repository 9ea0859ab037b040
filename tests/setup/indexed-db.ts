/**
 * An IndexedDB in memory for unit tests, there before anything is loaded: Dexie looks for one once, when it
 * is loaded, and files share modules. Were it each file's own affair, a file without it that came first
 * in a worker would leave all files after it without a base.
 */
import 'fake-indexeddb/auto'

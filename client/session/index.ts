export { type ApiResult, api } from './api.ts'
export { createSessionStore, deviceId, type SessionStore } from './session.ts'

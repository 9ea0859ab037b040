export { type ApiResult, api } from './api.ts'
export { createSessionStore, deviceId, forgetDevice, type SessionStore } from './session.ts'

import { oauthResultOf } from './oauth-result';

it.each([
  ['', null],
  ['?page=2', null],
  ['?oauth=maybe', null],
  ['?oauth=success&platform=youtube', { platform: 'youtube', reason: null }],
  ['?oauth=success&platform=vk&reason=unknown', { platform: 'vk_video', reason: null }],
  ['?oauth=error&platform=zoom&reason=access_denied', { platform: 'zoom', reason: 'access_denied' }],
  ['?oauth=error&platform=zoom&reason=%3Cscript%3E', { platform: 'zoom', reason: 'unknown' }],
  ['?oauth=error', { platform: null, reason: 'unknown' }],
])('oauthResultOf(%j)', (query, result) => {
  expect(oauthResultOf(query)).toEqual(result);
});

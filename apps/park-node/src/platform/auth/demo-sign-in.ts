import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/** Signs in as an invented person. It has no address below `/api/auth/`: only the node itself can call it. */
export const demoSignIn = {
  id: 'demo-sign-in',
  endpoints: {
    signInAsDemo: createAuthEndpoint.serverOnly(
      {
        method: 'POST',
        body: z.object({ personId: z.string(), organizationId: z.string() }),
      },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.personId);
        if (user === null || !('demo' in user) || user.demo !== true) return null;
        const session = await internalAdapter.createSession(user.id, false, {
          actingOrganizationId: ctx.body.organizationId,
        });
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ signedIn: true });
      },
    ),
  },
} satisfies BetterAuthPlugin;

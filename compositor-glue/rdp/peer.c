// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/peer.h"

#include <freerdp/channels/wtsvc.h>
#include <freerdp/constants.h>
#include <freerdp/error.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <winpr/wtsapi.h>

#include "compositor-glue/rdp/credentials.h"
#include "compositor-glue/rdp/input.h"
#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/settings.h"

static BOOL context_new(freerdp_peer *client, rdpContext *context)
{
	struct peer *peer = (struct peer *)context;
	peer->client = client;
	peer->channels = WTSOpenServerA((LPSTR)context);
	return peer->channels != NULL && peer->channels != INVALID_HANDLE_VALUE;
}

static void context_free(freerdp_peer *client, rdpContext *context)
{
	struct peer *peer = (struct peer *)context;
	if (peer->channels != NULL && peer->channels != INVALID_HANDLE_VALUE) {
		WTSCloseServer(peer->channels);
	}
	peer->channels = NULL;
}

void peer_dismiss(struct peer *peer, uint32_t reason)
{
	freerdp_set_error_info(peer->base.rdp, reason);
	/* Before Close, which sends it only after the client has left the state that hears it. */
	freerdp_send_error_info(peer->base.rdp);
	peer->client->Close(peer->client);
}

bool peer_is_unix(const struct peer *peer)
{
	return freerdp_settings_get_uint32(peer->base.settings, FreeRDP_OsMajorType) ==
	       OSMAJORTYPE_UNIX;
}

void peer_cork(struct peer *peer, bool corked)
{
	int value = corked;
	setsockopt(peer->fd, IPPROTO_TCP, TCP_CORK, &value, sizeof(value));
}

static BOOL refuse(struct peer *peer, enum peer_verdict verdict, uint32_t reason, const char *why)
{
	log_line("%s: refused: %s", peer->origin.name, why);
	peer->verdict = verdict;
	peer_dismiss(peer, reason);
	return FALSE;
}

/* In the handshake's thread; the client's wishes and its password are known now. */
static BOOL post_connect(freerdp_peer *client)
{
	struct peer *peer = (struct peer *)client->context;
	const rdpSettings *settings = peer->base.settings;
	if (!peer->origin.is_host &&
		!credentials_match(peer->credentials,
			freerdp_settings_get_string(settings, FreeRDP_Password))) {
		return refuse(peer, PEER_WRONG_PASSWORD, ERRINFO_SERVER_INSUFFICIENT_PRIVILEGES,
			"wrong password");
	}
	if (!freerdp_settings_get_bool(settings, FreeRDP_SupportGraphicsPipeline)) {
		return refuse(peer, PEER_UNSUITABLE, ERRINFO_SERVER_DENIED_CONNECTION,
			"it does not offer the graphics pipeline (xfreerdp: /gfx)");
	}
	peer->verdict = PEER_WELCOME;
	return TRUE;
}

static BOOL activate(freerdp_peer *client)
{
	struct peer *peer = (struct peer *)client->context;
	peer->activated = true;
	return TRUE;
}

static bool peer_prepare(struct peer *peer, const struct credentials *credentials)
{
	freerdp_peer *client = peer->client;
	peer->credentials = credentials;
	if (!settings_apply(peer->base.settings, credentials, peer->origin.is_host)) {
		return false;
	}
	client->local = peer->origin.is_host;
	client->PostConnect = post_connect;
	client->Activate = activate;
	input_connect(peer);
	return client->Initialize(client);
}

struct peer *peer_create(int fd, const struct origin *origin, const struct credentials *credentials)
{
	freerdp_peer *client = freerdp_peer_new(fd);
	if (client == NULL) {
		close(fd);
		return NULL;
	}
	client->ContextSize = sizeof(struct peer);
	client->ContextNew = context_new;
	client->ContextFree = context_free;
	if (!freerdp_peer_context_new(client)) {
		freerdp_peer_free(client);
		return NULL;
	}
	struct peer *peer = (struct peer *)client->context;
	peer->origin = *origin;
	peer->fd = fd;
	if (!peer_prepare(peer, credentials)) {
		peer_destroy(peer);
		return NULL;
	}
	return peer;
}

void peer_destroy(struct peer *peer)
{
	if (peer == NULL) {
		return;
	}
	freerdp_peer *client = peer->client;
	client->Disconnect(client);
	freerdp_peer_context_free(client);
	freerdp_peer_free(client);
}

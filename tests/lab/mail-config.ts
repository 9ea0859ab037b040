// Configurations of Dovecot 2.3 and Postfix 3.7 (Debian 12) for a laboratory that lives in one folder
// and listens on loopback only. Nothing in it can reach the outside world.

export interface MailPorts {
  imap: number
  imapTls: number
  mx: number
  submission: number
  submissionTls: number
}

export interface MailUser {
  address: string
  password: string
}

export interface MailConfig {
  dir: string
  ports: MailPorts
  users: readonly MailUser[]
  /** Domains whose letters are put into mailboxes here. */
  domains: readonly string[]
  /** The largest letter the servers take, in bytes. */
  sizeLimit: number
}

export function dovecotConf({ dir, ports }: MailConfig): string {
  return `
instance_name = interes-lab
base_dir = ${dir}/dovecot/run
state_dir = ${dir}/dovecot/state
log_path = ${dir}/log/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
# Debian has the user "mail" everywhere; root may not own mailboxes.
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
mail_location = maildir:${dir}/mail/%d/%n
# A laboratory loses nothing that matters in a power cut.
mail_fsync = never
mail_max_userip_connections = 200
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_verbose = yes
# With the defaults a wrong password slows every later login by 2, 4 … 15 s, and Postfix answers 454.
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
ssl = yes
ssl_cert = <${dir}/ssl/cert.pem
ssl_key = <${dir}/ssl/key.pem
passdb {
  driver = passwd-file
  args = ${dir}/dovecot/users
}
userdb {
  driver = passwd-file
  args = ${dir}/dovecot/users
  default_fields = uid=mail gid=mail home=${dir}/home/%d/%n
}
service imap-login {
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imapTls}
    ssl = yes
  }
}
service lmtp {
  unix_listener lmtp {
    mode = 0666
  }
}
service auth {
  unix_listener auth-postfix {
    mode = 0666
  }
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
  mailbox Drafts {
    auto = subscribe
    special_use = \\Drafts
  }
  mailbox Junk {
    auto = subscribe
    special_use = \\Junk
  }
  mailbox Trash {
    auto = subscribe
    special_use = \\Trash
  }
}
submission_host = 127.0.0.1:${ports.mx}
protocol lmtp {
  mail_plugins = sieve
  postmaster_address = postmaster@romashka.test
  auth_username_format = %Lu
}
plugin {
  sieve = file:~/sieve;active=~/.dovecot.sieve
}
imap_idle_notify_interval = 30s
`.trimStart()
}

/** Fields: user, password, uid, gid, gecos, home, shell, extra. A password may hold anything but a colon. */
export function dovecotUsers({ users }: MailConfig): string {
  return users.map(({ address, password }) => `${address}:{PLAIN}${password}::::::\n`).join('')
}

export function postfixMain({ dir, domains, sizeLimit }: MailConfig): string {
  return `
compatibility_level = 3.6
queue_directory = ${dir}/postfix/queue
data_directory = ${dir}/postfix/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.romashka.test
mydomain = romashka.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_peername_lookup = no
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = ${domains.join(', ')}
# Every name is taken at the door, so that an unknown one comes back later as a bounce.
virtual_mailbox_maps = static:ok
virtual_transport = lmtp:unix:${dir}/dovecot/run/lmtp
# slow.test has to wait; any other domain, dead.test among them, has no way out of the laboratory.
transport_maps = inline:{ {slow.test=retry:4.4.1 try later} }
default_transport = dead
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${dir}/dovecot/run/auth-postfix
smtpd_tls_cert_file = ${dir}/ssl/cert.pem
smtpd_tls_key_file = ${dir}/ssl/key.pem
smtpd_tls_security_level = may
smtpd_recipient_restrictions = permit_sasl_authenticated, permit_auth_destination, reject
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_error_sleep_time = 0
message_size_limit = ${sizeLimit}
mailbox_size_limit = 0
virtual_mailbox_limit = 0
maillog_file = ${dir}/log/postfix.log
maillog_file_prefixes = ${dir}
smtputf8_enable = yes
alias_maps =
alias_database =
delay_warning_time = 0
`.trimStart()
}

export function postfixMaster({ ports }: MailConfig): string {
  return `
127.0.0.1:${ports.mx} inet n - n - - smtpd
127.0.0.1:${ports.submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_tls_auth_only=yes
127.0.0.1:${ports.submissionTls} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
# What goes to "error" is refused at the door. This one takes the letter and sends back a bounce with
# status 5.1.2: 68 is EX_NOHOST of sysexits.h.
dead unix - n n - - pipe user=nobody argv=/bin/sh -c {exit 68}
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`.trimStart()
}

// Hosts that genuine mail links to beside its sender's: what they are for, none of which proves anything.
// Each kind with the day on which its list was last looked through; a host counts with what lies under it.
export default {
  "social": {
    "date": "2026-02-01", "source": "the services' own sites",
    "hosts": ["facebook.com", "fb.com", "fb.me", "m.me", "instagram.com", "twitter.com", "x.com", "t.co", "linkedin.com", "lnkd.in", "youtube.com", "youtu.be", "pinterest.com", "tiktok.com", "snapchat.com", "whatsapp.com", "wa.me", "telegram.org", "t.me", "threads.net", "bsky.app", "reddit.com", "vimeo.com", "discord.com", "discord.gg", "twitch.tv", "tumblr.com", "xing.com", "weibo.com", "vk.com"]
  },
  "app-store": {
    "date": "2026-02-01", "source": "the stores' own sites",
    "hosts": ["play.google.com", "apps.apple.com", "itunes.apple.com", "appgallery.huawei.com", "apps.microsoft.com", "galaxystore.samsung.com", "onelink.me", "app.link", "page.link", "smart.link"]
  },
  "click-counter": {
    "date": "2026-02-01", "source": "the sending services' help pages on click tracking",
    "hosts": ["sendgrid.net", "mailchimp.com", "list-manage.com", "mandrillapp.com", "mailgun.org", "mailgun.net", "sparkpostmail.com", "spgo.io", "exct.net", "exacttarget.com", "s4.exct.net", "rs6.net", "constantcontact.com", "hubspotlinks.com", "hubspotemail.net", "hs-sites.com", "klclick.com", "klclick1.com", "klaviyomail.com", "klaviyo.com", "sendinblue.com", "brevo.com", "sibforms.com", "mailjet.com", "mjt.lu", "awstrack.me", "amazonses.com", "createsend.com", "cmail19.com", "cmail20.com", "cmail29.com", "intercom-clicks.com", "customeriomail.com", "customer.io", "braze.com", "iterable.com", "responsys.net", "eloqua.com", "marketo.com", "mktoweb.com", "pardot.com", "pstmrk.it", "postmarkapp.com", "safelinks.protection.outlook.com", "urldefense.proofpoint.com", "urldefense.com", "emltrk.com", "bitly.com", "bit.ly", "zendesk.com", "freshdesk.com", "doubleclick.net"]
  }
}

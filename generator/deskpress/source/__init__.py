"""From files to documents: scan, decode, parse, convert. Whatever is wrong becomes a diagnostic."""

<?xml version="1.0" encoding="UTF-8"?>
<!-- Shows copies of feeds that name this style sheet, as those of the plug-in rss do (XSLT 1.0). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>
  <xsl:template match="/rss/channel">
    <html lang="{language}">
      <head>
        <title><xsl:value-of select="title"/></title>
        <meta name="viewport" content="width=device-width"/>
        <style>body { font: 1rem/1.5 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }</style>
      </head>
      <body>
        <h1><a href="{link}"><xsl:value-of select="title"/></a></h1>
        <p><xsl:value-of select="description"/></p>
        <ul>
          <xsl:for-each select="item">
            <li><a href="{link}"><xsl:value-of select="title"/></a><br/><xsl:value-of select="pubDate"/></li>
          </xsl:for-each>
        </ul>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>

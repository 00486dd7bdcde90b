// The rules behind the calculators: data, each set with its date and what it was taken from.
// A target is a share; `inclusive` tells whether the value itself meets it. A window counts days back from
// the day of the report, which is the first: `days` of them, without the last `less`.
export default {
  "amazon-2012": {
    "name": "Amazon, 2012",
    "date": "2012-03-12",
    "source": "Amazon seller account, customer metrics, as announced in March 2012",
    "delivery": {
      "counts": "packages",
      "target": { "value": 0.97, "inclusive": false },
      "window": null
    },
    "response": {
      "limitHours": 24,
      "target": { "value": 0.9, "inclusive": true },
      "window": null,
      "unanswered": [
        { "from": null, "value": "always-late" },
        { "from": "2012-07-01", "value": "late-after-limit" }
      ]
    }
  },
  "amazon-2024": {
    "name": "Amazon, from September 25, 2024",
    "date": "2024-09-25",
    "source": "Amazon Seller Central, on-time delivery rate policy; contact response time left the performance page on October 1, 2018",
    "delivery": {
      "counts": "units",
      "target": { "value": 0.9, "inclusive": true },
      "window": { "days": 21, "less": 7 }
    },
    "response": {
      "limitHours": 24,
      "target": { "value": 0.9, "inclusive": true },
      "window": null,
      "unanswered": [{ "from": null, "value": "late-after-limit" }]
    }
  },
  "walmart": {
    "name": "Walmart",
    "date": "2024-09-25",
    "source": "Walmart Marketplace, seller performance standards",
    "delivery": {
      "counts": "packages",
      "target": { "value": 0.9, "inclusive": true },
      "window": null
    },
    "response": {
      "limitHours": 48,
      "target": { "value": 0.95, "inclusive": false },
      "window": { "days": 30, "less": 0 },
      "unanswered": [{ "from": null, "value": "late-after-limit" }]
    }
  }
}

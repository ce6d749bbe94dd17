-- Templates by the number of résumés that use them, as counted last night, and whether they are premium.
table private.report_popular_templates;

-- The toy section.

--- units
SELECT code, name, length(name) AS letters FROM {admin.unit} WHERE level = 'province'

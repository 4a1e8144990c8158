/** The home folder, the settings with their defaults, and the secrets, which are never settings. */
package vn.tnmt.lakehouse.core.config;

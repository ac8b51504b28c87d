namespace Esb.Tables.Catalog;

/// <summary>The settings for continuous backups. They are stored and returned, and have no other effect.</summary>
/// <param name="EnabledTime">When recovery was enabled.</param>
/// <param name="Days">The number of days for which recovery is possible.</param>
public sealed record PointInTimeRecovery(DateTimeOffset EnabledTime, int Days);

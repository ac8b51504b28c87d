namespace Esb.Tables.Catalog;

/// <summary>What was said about continuous backups. It is remembered and shown.</summary>
/// <param name="EnabledTime">Since when.</param>
/// <param name="Days">For how many days.</param>
public sealed record PointInTimeRecovery(DateTimeOffset EnabledTime, int Days);

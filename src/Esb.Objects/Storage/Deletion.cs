namespace Esb.Objects.Storage;

/// <summary>A request to delete a key or one of its versions.</summary>
/// <param name="Key">The key.</param>
/// <param name="VersionId">The version; null for the key itself.</param>
/// <param name="Condition">What the version must be like.</param>
/// <param name="Now">When.</param>
/// <param name="BypassesGovernance">Whether a retention of that mode does not matter.</param>
internal sealed record Deletion(
    string Key,
    string? VersionId,
    WriteCondition Condition,
    DateTimeOffset Now,
    bool BypassesGovernance = false);

/// <summary>What a delete did.</summary>
/// <param name="VersionId">The version that it removed or added; null in a bucket without versioning.</param>
/// <param name="IsDeleteMarker">Whether that one is a delete marker.</param>
internal sealed record Deleted(string? VersionId, bool IsDeleteMarker);

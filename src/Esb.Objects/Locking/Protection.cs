using Esb.Objects.Errors;

namespace Esb.Objects.Locking;

/// <summary>What protects a version from being deleted.</summary>
/// <param name="Retention">Until when; null for no such time.</param>
/// <param name="LegalHold"><see cref="On"/>, <see cref="Off"/>, or null when it was never set.</param>
internal sealed record Protection(Retention? Retention, string? LegalHold)
{
    public const string On = "ON";
    public const string Off = "OFF";

    public static readonly Protection None = new(null, null);

    public static bool IsHold(string? value) => value is On or Off;

    /// <exception cref="S3Exception">AccessDenied while the version must be kept.</exception>
    public void VerifyRemovable(DateTimeOffset now, bool bypassesGovernance)
    {
        if (LegalHold == On || Binds(now, bypassesGovernance))
            throw LockErrors.Locked();
    }

    /// <summary>The protection with another retention.</summary>
    /// <exception cref="S3Exception">AccessDenied when that protects the version less.</exception>
    public Protection With(Retention? retention, DateTimeOffset now, bool bypassesGovernance) =>
        Binds(now, bypassesGovernance) && Retention!.IsWeakenedBy(retention)
            ? throw LockErrors.Locked()
            : this with { Retention = retention };

    private bool Binds(DateTimeOffset now, bool bypassesGovernance) =>
        Retention is { } retention
            && retention.Until > now
            && !(bypassesGovernance && retention.Mode == Retention.Governance);
}

namespace Esb.Objects.Signing;

/// <summary>
/// The result of verifying a signature. <see cref="Chunks"/> continues the chain of signatures over an aws-chunked
/// body; it is null when nothing needs to be verified: no credentials are configured, or the caller is anonymous.
/// </summary>
internal sealed record Authentication(ChunkSignatures? Chunks)
{
    public static readonly Authentication Anonymous = new((ChunkSignatures?)null) { IsAnonymous = true };

    public static readonly Authentication NotRequired = new((ChunkSignatures?)null);

    /// <summary>How the request is signed; null when it has no signature, or none is needed.</summary>
    public SignatureFacts? Signed { get; init; }

    /// <summary>Whether the request has no signature although credentials are configured.</summary>
    public bool IsAnonymous { get; private init; }
}

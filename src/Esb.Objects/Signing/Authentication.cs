namespace Esb.Objects.Signing;

/// <summary>
/// The result of verifying a signature. <see cref="Chunks"/> continues the chain of signatures over an aws-chunked
/// body; it is null when nothing needs to be verified because no credentials are configured.
/// </summary>
internal sealed record Authentication(ChunkSignatures? Chunks)
{
    public static readonly Authentication NotRequired = new((ChunkSignatures?)null);
}

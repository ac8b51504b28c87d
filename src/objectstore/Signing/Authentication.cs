namespace Esb.ObjectStore.Signing;

/// <summary>
/// What checking the signature found. <see cref="Chunks"/> continues the chain of signatures over an aws-chunked body; it is null
/// when nothing has to be verified because no credentials are configured.
/// </summary>
internal sealed record Authentication(ChunkSignatures? Chunks)
{
    public static readonly Authentication NotRequired = new((ChunkSignatures?)null);
}

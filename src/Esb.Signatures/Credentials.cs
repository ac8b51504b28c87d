namespace Esb.Signatures;

/// <summary>The pair of keys that requests are signed with.</summary>
/// <param name="AccessKeyId">The public part.</param>
/// <param name="SecretAccessKey">The secret part.</param>
public sealed record Credentials(string AccessKeyId, string SecretAccessKey)
{
    /// <summary>Leaves out the secret, so that string interpolation can never write it to a log.</summary>
    public override string ToString() => AccessKeyId;
}

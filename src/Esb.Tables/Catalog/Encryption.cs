namespace Esb.Tables.Catalog;

/// <summary>What was said about encryption at rest. It is remembered and shown.</summary>
/// <param name="Type">AES256 or KMS.</param>
/// <param name="KeyId">The key as it was given.</param>
public sealed record Encryption(string Type, string? KeyId);

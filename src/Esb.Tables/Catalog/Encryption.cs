namespace Esb.Tables.Catalog;

/// <summary>The settings for encryption at rest. They are stored and returned, and have no other effect.</summary>
/// <param name="Type">AES256 or KMS.</param>
/// <param name="KeyId">The key, as the request gave it.</param>
public sealed record Encryption(string Type, string? KeyId);

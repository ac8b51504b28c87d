using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Tables;

/// <summary>
/// Reads the encryption settings of a table. They are only stored: encrypting the machine's disk is up to its owner.
/// </summary>
internal static class EncryptionReader
{
    /// <summary>The encryption that a request asks for, or null for the service's default.</summary>
    /// <exception cref="TableException">The settings are not valid.</exception>
    public static Encryption? Read(Input input, TableArns arns)
    {
        if (input.Structure("SSESpecification") is not { } encryption)
            return null;
        var key = encryption.Text("KMSMasterKeyId");
        if (!encryption.Flag("Enabled"))
        {
            return key is null
                ? null
                : throw TableException.Validation(
                    "One or more parameter values were invalid: KMSMasterKeyId must not be specified when SSE "
                    + "is disabled");
        }

        if (key is not null && encryption.Text("SSEType") == "AES256")
        {
            throw TableException.Validation(
                "One or more parameter values were invalid: KMSMasterKeyId can only be specified for SSEType KMS");
        }

        return new Encryption(
            encryption.Text("SSEType") ?? "KMS",
            key is null || key.StartsWith("arn:", StringComparison.Ordinal)
                ? key ?? $"arn:aws:kms:{arns.Region}:{arns.Account}:alias/aws/dynamodb"
                : $"arn:aws:kms:{arns.Region}:{arns.Account}:key/{key}");
    }
}

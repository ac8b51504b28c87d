using Amazon.S3;

namespace Esb.ObjectStore.Tests.Serving;

/// <summary>What a store says no with.</summary>
internal static class Refusal
{
    /// <summary>The code of S3's error; "none" when the call succeeded.</summary>
    public static async Task<string> CodeOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "none";
        }
        catch (AmazonS3Exception e)
        {
            return e.ErrorCode;
        }
    }
}

using Amazon.S3;

namespace Esb.Objects.Tests.Serving;

/// <summary>The error with which a store refuses a call.</summary>
internal static class Refusal
{
    /// <summary>The error code of S3; "none" when the call succeeded.</summary>
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

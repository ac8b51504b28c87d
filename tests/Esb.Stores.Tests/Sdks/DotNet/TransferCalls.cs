using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using static Esb.Stores.Tests.Sdks.Rows;

namespace Esb.Stores.Tests.Sdks.DotNet;

/// <summary>What the SDK for .NET builds on its client of S3: files, folders and presigned URLs.</summary>
internal static class TransferCalls
{
    private const string Name = BucketCalls.Name;

    public static async Task<IReadOnlyList<SdkRow>> RunAsync(AmazonS3Client client)
    {
        var folder = Directory.CreateTempSubdirectory("esb-transfer").FullName;
        var rows = new Rows("TransferUtility, presigned URLs (.NET)");
        try
        {
            await FilesAsync(client, rows, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await rows.AddAsync("presigned URLs", async () =>
        {
            using var http = new HttpClient();
            var put = await client.GetPreSignedURLAsync(UrlOf(HttpVerb.PUT));
            using var written = await http.PutAsync(new Uri(put), new StringContent("signed"));
            written.EnsureSuccessStatusCode();
            var read = await http.GetStringAsync(new Uri(await client.GetPreSignedURLAsync(UrlOf(HttpVerb.GET))));
            Check(read == "signed", read);
        });
        return rows.All;
    }

    private static async Task FilesAsync(AmazonS3Client client, Rows rows, string folder)
    {
        using var transfer = new TransferUtility(
            client, new TransferUtilityConfig { MinSizeBeforePartUpload = 5 * 1024 * 1024 });
        var content = new byte[11 * 1024 * 1024];
        Random.Shared.NextBytes(content);
        var up = Directory.CreateDirectory(Path.Combine(folder, "up/in ä")).Parent!.FullName;
        await File.WriteAllBytesAsync(Path.Combine(up, "large"), content);
        await File.WriteAllTextAsync(Path.Combine(up, "in ä", "small"), "x");
        await rows.AddAsync("upload and download a file", async () =>
        {
            await transfer.UploadAsync(Path.Combine(up, "large"), Name, "large");
            await transfer.DownloadAsync(Path.Combine(folder, "large"), Name, "large");
            var read = await File.ReadAllBytesAsync(Path.Combine(folder, "large"));
            Check(content.AsSpan().SequenceEqual(read), "content");
        });
        await rows.AddAsync("upload and download a folder", async () =>
        {
            await transfer.UploadDirectoryAsync(new TransferUtilityUploadDirectoryRequest
            {
                BucketName = Name,
                Directory = up,
                KeyPrefix = "tree",
                SearchOption = SearchOption.AllDirectories,
            });
            await transfer.DownloadDirectoryAsync(Name, "tree", Path.Combine(folder, "down"));
            Check(File.Exists(Path.Combine(folder, "down/in ä/small")), "file");
        });
    }

    private static GetPreSignedUrlRequest UrlOf(HttpVerb verb) => new()
    {
        BucketName = Name,
        Key = "signed ä",
        Verb = verb,
        Protocol = Protocol.HTTP,
        Expires = DateTime.UtcNow.AddMinutes(5),
    };
}

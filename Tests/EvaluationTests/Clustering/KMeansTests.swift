import Basics
import TestSupport
import Tensors
import Testing

@testable import Evaluation

@Suite struct KMeansTests {
  @Test func findsAsGoodClustersAsScikitLearn() throws {
    let goldens = try Goldens("partitions")
    let found = try KMeans(clusters: 4, restarts: 40).fit(goldens["silhouette.rows"])
    #expect(abs(found.inertia - goldens["kmeans.inertia"].item()) < 1e-9)
    // The inertia is that of the assignments, and every centre the mean of its rows.
    let rows = PlainEmbeddings(goldens["silhouette.rows"]).rows
    var sum = 0.0
    for cluster in 0..<4 {
      let own = rows.indices.filter { found.assignments[$0] == cluster }.map { rows[$0] }
      let mean = rows[0].indices.map { d in own.reduce(0) { $0 + $1[d] } / Double(own.count) }
      sum += own.reduce(0) { $0 + PlainEmbeddings.distance($1, mean) * PlainEmbeddings.distance($1, mean) }
      for (d, value) in found.centres[cluster].values(as: Double.self).enumerated() {
        #expect(abs(value - mean[d]) < 1e-12)
      }
    }
    #expect(abs(sum - found.inertia) < 1e-9)
  }

  @Test func theSeedDecidesAndPartsAreNumberedInOrder() throws {
    let rows = peerInput(50, 4, 0.41, 1.1)
    let (one, two) = (try KMeans(clusters: 5, seed: 7).fit(rows), try KMeans(clusters: 5, seed: 7).fit(rows))
    #expect(one.assignments == two.assignments)
    var largest = -1
    for cluster in one.assignments {
      #expect(cluster <= largest + 1)
      largest = max(largest, cluster)
    }
    #expect(largest == 4)
  }

  @Test func fewerDistinctRowsThanClusters() throws {
    let rows = Tensor([0, 0, 0, 1, 1, 1] as [Float], shape: [6, 1])
    let found = try KMeans(clusters: 4).fit(rows)
    #expect(found.inertia == 0)
    #expect(found.centres.isFinite().all())
    let alone = try KMeans(clusters: 6).fit(peerInput(6, 3, 0.41, 1.1))
    #expect(Set(alone.assignments) == Set(0..<6))
    #expect(alone.inertia < 1e-20)
  }

  @Test func refuses() {
    #expect { try KMeans(clusters: 3).fit(.zeros([2, 4])) } throws: {
      "\($0)" == "2 items cannot make 3 clusters; ask for fewer"
    }
    #expect(throws: InputError.self) { try KMeans(clusters: 1).fit(Tensor([.nan, 1] as [Float], shape: [2, 1])) }
  }
}

@Suite struct SilhouetteTests {
  @Test func agreesWithScikitLearn() throws {
    let goldens = try Goldens("partitions")
    let clusters = goldens["silhouette.clusters"].values(as: Double.self).map(Int.init)
    let mean = try Silhouette.mean(of: goldens["silhouette.rows"], clusters: clusters)
    #expect(abs(mean - goldens["silhouette.mean"].item()) < 1e-9)
  }

  @Test func extremes() throws {
    let rows = Tensor([0, 0, 10, 10] as [Float], shape: [4, 1])
    #expect(try Silhouette.mean(of: rows, clusters: [0, 0, 1, 1]) == 1)
    #expect(try Silhouette.mean(of: rows, clusters: [0, 1, 2, 3]) == 0)
    #expect(try Silhouette.mean(of: rows, clusters: [0, 0, 0, 0]).isNaN)
    #expect(try Silhouette.mean(of: .zeros([4, 2]), clusters: [0, 0, 1, 1]) == 0)
  }
}
